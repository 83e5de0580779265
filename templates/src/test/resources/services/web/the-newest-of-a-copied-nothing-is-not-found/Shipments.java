package shop;

import java.util.ArrayList;
import java.util.List;

class Shipments {
  private final Store store = new Store();

  Shipment byId(long id) {
    for (Shipment s : store.all()) {
      if (s.id() == id) {
        return s;
      }
    }
    throw new NotFoundException("shipment", id);
  }

  int total(long customer) {
    int sum = 0;
    for (Shipment s : store.of(customer)) {
      sum += s.grams();
    }
    return sum;
  }

  long newest(long customer) {
    List<Shipment> all = new ArrayList<>(store.of(customer));
    return all.get(all.size() - 1).id();
  }
}

record Shipment(long id, long customer, int grams) {}

class Store {
  private final List<Shipment> all = List.of(new Shipment(1, 7, 100), new Shipment(2, 7, 200));

  List<Shipment> all() {
    return all;
  }

  List<Shipment> of(long customer) {
    return all.stream().filter(s -> s.customer() == customer).toList();
  }
}
