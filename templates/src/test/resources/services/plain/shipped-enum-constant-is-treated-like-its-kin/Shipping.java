package shop;

enum Method {
  PICKUP,
  STANDARD,
  EXPRESS,
  OVERNIGHT
}

class Labels {
  String label(Method method) {
    return switch (method) {
      case PICKUP -> "none";
      case STANDARD -> "blue";
      case EXPRESS, OVERNIGHT -> "red";
    };
  }
}

class Shipping {
  int cost(Method method) {
    switch (method) {
      case PICKUP:
        return 0;
      case STANDARD:
        return 5;
      case EXPRESS:
        return 20;
      default:
        throw new IllegalStateException("no cost for " + method);
    }
  }
}
