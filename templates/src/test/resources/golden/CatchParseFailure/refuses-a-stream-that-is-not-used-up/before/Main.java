package shop;

import java.util.List;
import java.util.stream.Stream;

class Main {
  public static void main(String[] args) {
    sum(List.of("1", "x"));
  }

  static long sum(List<String> texts) {
    Stream<Long> read = texts.stream().map(Long::parseLong); return read.mapToLong(n -> n).sum();
  }
}
