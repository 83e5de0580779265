package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import java.util.regex.Pattern;

/** The forms of identifiers, checked before they become part of an address. */
final class Ids {
  private static final Pattern INCIDENT = Pattern.compile("inc-[0-9a-z]{6,32}");
  private static final Pattern DELIVERY = Pattern.compile("del-[0-9a-z]{6,32}-[a-z]{2,16}");

  private Ids() {}

  static String incident(String id) {
    return checked(id, INCIDENT, "an incident id such as inc-3f9a1c0b2d (see: fettle incidents)");
  }

  static String delivery(String id) {
    return checked(
        id, DELIVERY, "a delivery id such as del-3f9a1c0b2d-branch (see: fettle incidents)");
  }

  private static String checked(String id, Pattern form, String expected) {
    if (!form.matcher(id).matches()) {
      throw new CommandFailure(
          ExitCode.USAGE, "expected " + expected + ", got " + Output.printable(id));
    }
    return id;
  }
}
