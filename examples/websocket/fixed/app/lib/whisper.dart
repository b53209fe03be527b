import 'package:http/http.dart' as http;
import 'package:web_socket_channel/web_socket_channel.dart';

class Whisper {
  static const String host = '192.168.1.44';
  static const String base = 'http://$host:8806';

  Future<http.Response> health() => http.get(Uri.parse('$base/health'));

  Future<http.Response> languages() => http.get(Uri.parse('$base/streaming/languages'));

  WebSocketChannel listen(String room) =>
      WebSocketChannel.connect(Uri.parse('ws://$host:8806/streaming/session/$room'));
}
