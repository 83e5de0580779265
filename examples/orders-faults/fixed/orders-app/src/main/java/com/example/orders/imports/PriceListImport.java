package com.example.orders.imports;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.repository.ProductRepository;
import java.util.Iterator;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads a {@code sku;cents} list below its header; lines starting with {@code #} are comments. */
@Service
public class PriceListImport {

  private static final String HEADER = "sku;cents";

  private final ProductRepository products;

  public PriceListImport(ProductRepository products) {
    this.products = products;
  }

  @Transactional
  public ImportResult run(String csv) {
    Iterator<String> rows =
        csv.lines().filter(row -> !row.isBlank() && !row.startsWith("#")).iterator();
    if (!rows.hasNext()) {
      throw new InvalidRequestException("the file has no rows");
    }
    String header = rows.next();
    if (!header.trim().equals(HEADER)) {
      throw new InvalidRequestException("the first row must be " + HEADER);
    }
    int imported = 0;
    int skipped = 0;
    while (rows.hasNext()) {
      if (importRow(rows.next())) {
        imported++;
      } else {
        skipped++;
      }
    }
    return new ImportResult(imported, skipped);
  }

  private boolean importRow(String row) {
    String[] columns = row.split(";");
    if (columns.length != 2 || products.findBySku(columns[0].trim()).isEmpty()) {
      return false;
    }
    OptionalLong cents = parseCents(columns[1].trim());
    if (cents.isEmpty()) {
      return false;
    }
    products.updatePrice(columns[0].trim(), cents.getAsLong());
    return true;
  }

  private static OptionalLong parseCents(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
