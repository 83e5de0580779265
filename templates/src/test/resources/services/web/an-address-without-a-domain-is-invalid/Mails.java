package shop;

class Mails {
  String domain(String mail) {
    if (mail.isBlank()) {
      throw new InvalidRequestException("mail is required");
    }
    return mail.split("@")[1];
  }
}
