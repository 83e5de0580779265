package shop;

import java.util.Map;

record Bill(long id, long customerId) {}

record Payer(long id, String name) {}

class Payers {
  private final Map<Long, Payer> rows = Map.of(5L, new Payer(5, "Ann"));

  Payer byId(long customerId) {
    return rows.get(customerId);
  }
}

class Billing {
  private final Payers payers = new Payers();

  String payer(Bill bill) {
    Payer payer = payers.byId(bill.id());
    return payer.name();
  }
}
