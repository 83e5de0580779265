package shop;

class Main {
  public static void main(String[] args) {
    limit("");
  }

  static int offset(String offset) {
    int parsed = offset == null ? 0 : Integer.parseInt(offset);
    return parsed;
  }

  static int limit(String limit) {
    int parsed = Integer.parseInt(limit);
    return parsed;
  }
}
