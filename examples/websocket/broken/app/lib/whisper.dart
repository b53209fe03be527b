import 'package:http/http.dart' as http;
import 'package:web_socket_channel/web_socket_channel.dart';

class Whisper {
  static const String host = '192.168.1.44';
  static const String base = 'http://$host:8006';

  Future<http.Response> health() => http.get(Uri.parse('$base/health'));

  Future<http.Response> languages() => http.get(Uri.parse('$base/languages'));

  Future<http.Response> open(String room) => http.post(Uri.parse('$base/streaming/session/$room'));

  WebSocketChannel listen(String room) =>
      WebSocketChannel.connect(Uri.parse('http://$host:8806/streaming/session/$room'));
}
