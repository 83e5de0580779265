package shop;

class Main {
  public static void main(String[] args) {
    twice();
  }

  static int open;

  static void twice() {
    connect();
    connect();
  }

  static Connection connect() {
    Connection connection = new Connection();
    open++;
    return connection;
  }

  static class Connection implements AutoCloseable {
    Connection() {
      if (open > 0) {
        throw new IllegalStateException("pool exhausted");
      }
    }

    @Override
    public void close() {}
  }
}
