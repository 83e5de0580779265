package shop;

enum Color {
  RED,
  GREEN
}

class Search {
  int page(String page) {
    try {
      return Integer.parseInt(page);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("invalid page: " + page);
    }
  }

  String by(String color) {
    Color wanted = Color.valueOf(color);
    return wanted.name();
  }
}
