package com.example.orders.imports;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.repository.ProductRepository;
import com.example.orders.repository.StockRepository;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads rows of {@code sku,warehouse,quantity}; a row that cannot be used is skipped and counted. */
@Service
public class StockImport {

  private static final Logger log = LoggerFactory.getLogger(StockImport.class);
  private static final int COLUMNS = 3;

  private final StockRepository stock;
  private final ProductRepository products;

  public StockImport(StockRepository stock, ProductRepository products) {
    this.stock = stock;
    this.products = products;
  }

  @Transactional
  public ImportResult run(String csv) {
    List<String> rows = csv.lines().filter(row -> !row.isBlank()).toList();
    if (rows.isEmpty()) {
      throw new InvalidRequestException("the file has no rows");
    }
    int imported = 0;
    int skipped = 0;
    for (String row : rows) {
      if (importRow(row)) {
        imported++;
      } else {
        log.info("skipped stock row {}", row);
        skipped++;
      }
    }
    return new ImportResult(imported, skipped);
  }

  private boolean importRow(String row) {
    String[] columns = row.split(",");
    if (columns.length != COLUMNS) {
      return false;
    }
    String sku = columns[0].trim();
    if (products.findBySku(sku).isEmpty()) {
      return false;
    }
    OptionalInt quantity = parseQuantity(columns[2].trim());
    if (quantity.isEmpty() || quantity.getAsInt() < 0) {
      return false;
    }
    stock.setQuantity(sku, columns[1].trim(), quantity.getAsInt());
    return true;
  }

  private static OptionalInt parseQuantity(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
