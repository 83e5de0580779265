package shop;

record Ticket(String status) {}

class Tickets {
  boolean open(Ticket ticket) {
    return ticket.status().equals("OPEN");
  }
}
