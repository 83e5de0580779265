package shop;

import java.util.List;
import java.util.Map;

record Product(String sku, int price) {}

class Products {
  private final Map<String, Product> rows = Map.of("a", new Product("a", 1), "b", new Product("b", 1));

  Product bySku(String sku) {
    return rows.get(sku);
  }
}

class Weights {
  private final Products products = new Products();

  int count(List<String> skus) {
    int n = 0;
    for (String sku : skus) {
      Product product = products.bySku(sku);
      if (product == null) {
        continue;
      }
      n++;
    }
    return n;
  }
}

class Report {
  private final Products products = new Products();

  int sum(List<String> skus) {
    int sum = 0;
    for (String sku : skus) {
      Product product = products.bySku(sku);
      sum += product.price();
    }
    return sum;
  }
}
