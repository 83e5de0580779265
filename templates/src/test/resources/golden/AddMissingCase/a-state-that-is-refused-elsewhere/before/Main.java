package shop;

class Main {
  enum State { OPEN, PAID, SENT, LOST }

  record Order(State state) {}

  static class RuleException extends RuntimeException {
    RuleException(String message) {
      super(message);
    }
  }

  public static void main(String[] args) {
    advance(new Order(State.LOST));
  }

  static void cancel(Order order) {
    if (order.state() != State.OPEN && order.state() != State.PAID) {
      throw new RuleException("an order that is " + order.state() + " cannot be cancelled");
    }
  }

  static String advance(Order order) {
    State next = null;
    switch (order.state()) {
      case OPEN:
        next = State.PAID;
        break;
      case PAID:
        next = State.SENT;
        break;
      case SENT:
        next = State.SENT;
        break;
    }
    return next.name();
  }
}
