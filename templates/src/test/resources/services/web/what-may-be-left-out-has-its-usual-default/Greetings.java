package shop;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Retention(RetentionPolicy.RUNTIME)
@interface RequestHeader {
  String name();

  boolean required() default true;
}

class Greetings {
  String greeting(@RequestHeader(name = "X-Lang", required = false) String lang) {
    return lang.startsWith("de") ? "Hallo" : "Hello";
  }

  String farewell(@RequestHeader(name = "X-Lang", required = false) String lang) {
    String language = lang == null ? "en" : lang;
    return language.startsWith("de") ? "Ade" : "Bye";
  }

  void rename(RenameRequest request) {
    if (request.name() == null) {
      throw new InvalidRequestException("name is required");
    }
  }
}

record RenameRequest(String name) {}
