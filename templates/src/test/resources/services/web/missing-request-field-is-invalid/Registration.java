package shop;

record RegistrationRequest(String name, String email) {}

class Registration {
  String register(RegistrationRequest request) {
    if (request.name() == null || request.name().isBlank()) {
      throw new InvalidRequestException("name is required");
    }
    String email = request.email().trim();
    return request.name() + " <" + email + ">";
  }
}
