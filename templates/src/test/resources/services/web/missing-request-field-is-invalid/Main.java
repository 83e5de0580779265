package shop;

class Main {
  public static void main(String[] args) {
    try {
      new Registration().register(new RegistrationRequest("Ann", null));
    } catch (InvalidRequestException e) {
      if (!"email is required".equals(e.getMessage())) {
        throw new AssertionError("wrong message: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
