package shop;

class Domains {
  int port(String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("invalid port: " + port);
    }
  }

  String domain(String mail) {
    int at = mail.indexOf('@');
    return mail.substring(0, at);
  }
}
