package shop;

class Main {
  public static void main(String[] args) {
    new Main().changed();
  }

  private StringBuilder log;

  void changed() {
    log.append("changed");
  }
}
