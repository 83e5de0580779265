package shop;

import java.util.List;

class Ratings {
  private final List<Integer> stars;

  Ratings(List<Integer> stars) {
    this.stars = stars;
  }

  int best() {
    if (stars.isEmpty()) {
      return 0;
    }
    return stars.stream().mapToInt(Integer::intValue).max().getAsInt();
  }

  int average() {
    int sum = stars.stream().mapToInt(Integer::intValue).sum();
    return sum / stars.size();
  }
}
