package shop;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

class DateImport {
  List<LocalDate> load(List<String> rows) {
    List<LocalDate> dates = new ArrayList<>();
    for (String row : rows) {
      LocalDate date;
      try {
        date = LocalDate.parse(row);
      } catch (DateTimeParseException e) {
        continue;
      }
      dates.add(date);
    }
    return dates;
  }
}

class PriceImport {
  int load(List<String> rows) {
    int sum = 0;
    for (String row : rows) {
      String[] columns = row.split(";");
      int price = Integer.parseInt(columns[1]);
      sum += price;
    }
    return sum;
  }
}
