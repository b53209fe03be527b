class RoomService {
  static const String host = String.fromEnvironment('API_HOST', defaultValue: 'localhost');
  final String base = 'http://$host:8000';
}
