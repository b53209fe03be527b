/// Where the app finds its backend. On the developer's desktop this was http://localhost:8000.
class AppConstants {
  static const String host = '192.168.1.44';
  static const String apiBaseUrl = 'http://$host:8000';
  static const String livekitUrl = "ws://192.168.1.44:7880"; // wss:// behind the proxy
  static const String help = 'https://rooms.example.com/help';
}
