package shop;

class Directory {
  String initials(Owner owner) {
    String[] parts = owner.getName().split(" ");
    return parts[0].substring(0, 1) + parts[1].substring(0, 1);
  }

  Owner register(OwnerRequest data) {
    if (data.name() == null || data.name().isBlank()) {
      throw new InvalidRequestException("name is required");
    }
    return new Owner(data.name());
  }
}

record OwnerRequest(String name) {}

class Owner {
  private final String name;

  Owner(String name) {
    this.name = name;
  }

  String getName() {
    return name;
  }
}
