package shop;

import java.util.ArrayDeque;
import java.util.Deque;

class Queue {
  private final Deque<String> jobs = new ArrayDeque<>();

  String peek() {
    return jobs.isEmpty() ? "none" : jobs.peek();
  }

  String next() {
    return jobs.pop();
  }
}
