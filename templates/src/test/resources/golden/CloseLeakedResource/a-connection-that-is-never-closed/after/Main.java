package shop;

class Main {
  public static void main(String[] args) {
    twice();
  }

  static int open;

  static void twice() {
    count("a");
    count("b");
  }

  static int count(String name) {
    // one at a time
    try (Connection connection = new Connection()) {
      int rows = connection.rows(name);
      return rows + 1;
    }
  }

  static class Connection implements AutoCloseable {
    Connection() {
      if (open++ > 0) {
        throw new IllegalStateException("pool exhausted");
      }
    }

    int rows(String name) {
      return name.length();
    }

    @Override
    public void close() {
      open--;
    }
  }
}
