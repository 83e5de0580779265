package dev.fettle.delivery.branch;

import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.PersonIdent;

/** Who Fettle's commits are by. */
public record Identity(String name, String email) {
  /** {@code Fettle <fettle@localhost>}. */
  public static final Identity FETTLE = new Identity("Fettle", "fettle@localhost");

  public Identity {
    if (name.isBlank() || email.isBlank() || (name + email).matches("(?s).*[<>\\p{Cntrl}].*")) {
      throw new IllegalArgumentException("not a git identity: " + name + " <" + email + ">");
    }
  }

  PersonIdent at(Instant instant) {
    return new PersonIdent(name, email, instant, ZoneOffset.UTC);
  }

  boolean is(PersonIdent person) {
    return email.equals(person.getEmailAddress());
  }
}
