/// Where a phone finds the stack. Its ports are those that docker-compose.yml publishes.
class Backend {
  static const String host = 'localhost';
  static const String api = 'http://$host:8000';
  static const String speech = 'ws://$host:8804/stream';
  static const String rooms = "ws://$host:7880";
}
