package shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class Main {
  record Visit(String reason) {}

  record Pet(String name) {}

  interface Visits {
    List<Visit> ofPet(long pet);
  }

  interface Pets {
    Optional<Pet> findById(long id);
  }

  static class NotFoundException extends RuntimeException {
    NotFoundException(String message) {
      super(message);
    }
  }

  public static void main(String[] args) {
    last(pet -> new ArrayList<>(), 4);
  }

  static Pet pet(Pets pets, long id) {
    return pets.findById(id).orElseThrow(() -> new NotFoundException("no pet " + id));
  }

  static Visit last(Visits visits, long pet) {
    List<Visit> found = visits.ofPet(pet);
    if (found.isEmpty()) {
      throw new NotFoundException("no visit " + pet);
    }
    return found.get(0);
  }
}
