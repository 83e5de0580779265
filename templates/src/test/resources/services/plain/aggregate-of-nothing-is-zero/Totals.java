package shop;

class SalesDao {
  Long sum(int customer) {
    return null;
  }

  Integer count(int customer) {
    return null;
  }
}

class Totals {
  private final SalesDao dao = new SalesDao();

  int orders(int customer) {
    Integer count = dao.count(customer);
    return count == null ? 0 : count;
  }

  long with(int amount) {
    long total = dao.sum(1);
    return total + amount;
  }
}
