package shop;

import org.springframework.jdbc.core.JdbcOperations;

class Main {
  public static void main(String[] args) throws ReflectiveOperationException {
    new Orders(JdbcOperations.withoutRows()).order("A-1");
  }
}

record Order(String number) {}

record Customer(String name) {}

class NotFoundException extends RuntimeException {
  NotFoundException(String what, Object id) {
    super(what + " " + id + " not found");
  }
}
