package shop;

class Names {
  String capitalize(String name) {
    return name.substring(0, 1).toUpperCase() + name.substring(1);
  }
}
