package shop;

class Numbers {
  long factorial(int n) {
    return n == 0 ? 1 : n * factorial(n - 1);
  }

  int root(int n) {
    if (n < 0) {
      throw new InvalidRequestException("n must not be negative");
    }
    return (int) Math.sqrt(n);
  }
}
