package shop;

import java.time.LocalDate;
import java.util.List;

record Task(LocalDate due) {}

class Due {
  List<Task> late(List<Task> tasks) {
    return tasks.stream().filter(t -> t.due().isBefore(LocalDate.of(2026, 1, 1))).toList();
  }
}
