package shop;

import java.time.LocalDate;

class ReportController {
  int page(String page) {
    try {
      return Integer.parseInt(page);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("invalid page: " + page);
    }
  }

  String report(String from) {
    LocalDate start = LocalDate.parse(from);
    return "since " + start;
  }
}
