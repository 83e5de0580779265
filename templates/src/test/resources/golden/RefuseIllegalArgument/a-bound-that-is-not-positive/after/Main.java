package shop;

import java.util.Random;

class Main {
  public static void main(String[] args) {
    draw(new Random(1), 1);
  }

  static void close(int prizes) {
    if (prizes < 0) {
      throw new NoPrizesException("prizes must not be negative");
    }
  }

  static int draw(Random random, int prizes) {
    if (prizes - 1 <= 0) {
      throw new NoPrizesException("prizes must not be negative");
    }
    return random.nextInt(prizes - 1);
  }

  static class NoPrizesException extends RuntimeException {
    NoPrizesException(String message) {
      super(message);
    }
  }
}
