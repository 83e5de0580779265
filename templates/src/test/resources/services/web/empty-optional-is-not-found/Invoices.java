package shop;

import java.util.List;
import java.util.Optional;

record Invoice(String number, String mail) {}

record Receipt(String number) {}

class Archive {
  Optional<Invoice> invoice(String number) {
    return List.<Invoice>of().stream().filter(i -> i.number().equals(number)).findFirst();
  }

  Optional<Receipt> receipt(String number) {
    return Optional.empty();
  }
}

class Invoices {
  private final Archive archive = new Archive();

  String print(String number) {
    Receipt receipt =
        archive.receipt(number).orElseThrow(() -> new NotFoundException("receipt", number));
    return receipt.number();
  }

  String send(String number) {
    Invoice invoice = archive.invoice(number).get();
    return invoice.mail();
  }
}
