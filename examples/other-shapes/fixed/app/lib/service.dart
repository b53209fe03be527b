class RoomService {
  static const String host = String.fromEnvironment('API_HOST', defaultValue: '192.168.1.44');
  final String base = 'http://$host:8000';
}
