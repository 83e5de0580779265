package dev.fettle.templates.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConventionsTest {
  private static final String STORE =
      """
      package shop;
      import java.util.*;
      record Item(long id) {}
      class Repo { Optional<Item> find(long id) { return Optional.empty(); } }
      """;
  private static final String LOOKUP =
      """
      package shop;
      import org.springframework.web.bind.annotation.GetMapping;
      class Items {
        Repo repo;
        Item get(long id) { return repo.find(id).get(); }
      }
      """;

  @Test
  void aMissingThingIsNotFoundWhereTheAdviceKnowsBadRequestsOnly() {
    List<Answer> answers =
        CodeBase.of(
                STORE,
                LOOKUP,
                """
                package shop;
                class Errors {
                  @ExceptionHandler(IllegalArgumentException.class)
                  Object bad(Exception e) { return ResponseEntity.badRequest().build(); }
                }
                """)
            .answers(Situation.ABSENT, "repo.find(id)", "Item");

    assertThat(texts(answers))
        .containsSubsequence(
            "new ResponseStatusException(HttpStatus.NOT_FOUND, \"item not found: \" + id)",
            "new IllegalArgumentException(\"item not found: \" + id)");
    assertThat(texts(answers)).noneMatch(t -> t.contains("HttpStatus.BAD_REQUEST"));
  }

  @Test
  void theFrameworksExceptionComesLastWhereTheAdviceAnswersAny() {
    List<Answer> answers =
        CodeBase.of(
                STORE,
                LOOKUP,
                """
                package shop;
                class Errors {
                  @ExceptionHandler(IllegalArgumentException.class)
                  Object bad(Exception e) { return ResponseEntity.badRequest().build(); }
                  @ExceptionHandler(Exception.class)
                  Object any(Exception e) { return ResponseEntity.status(500).build(); }
                }
                """)
            .answers(Situation.ABSENT, "repo.find(id)", "Item");

    assertThat(texts(answers))
        .containsSubsequence(
            "new IllegalArgumentException(\"item not found: \" + id)",
            "new ResponseStatusException(HttpStatus.NOT_FOUND, \"item not found: \" + id)");
  }

  @Test
  void aReferenceToAConstructorIsAPrecedent() {
    List<Answer> answers =
        CodeBase.of(
                STORE,
                "package shop.errors; public class NoItem extends RuntimeException {}",
                """
                package shop;
                import shop.errors.NoItem;
                class Names {
                  Repo repo;
                  long name(long id) { return repo.find(id).orElseThrow(NoItem::new).id(); }
                }
                """,
                LOOKUP)
            .answers(Situation.ABSENT, "repo.find(id)", "Item");

    assertThat(answers.get(0).text()).isEqualTo("new NoItem()");
    assertThat(answers.get(0).imports()).containsExactly("shop.errors.NoItem");
  }

  @Test
  void aReferenceToAFactoryIsAPrecedent() {
    List<Answer> answers =
        CodeBase.of(
                STORE,
                "package shop; class Fault extends RuntimeException {"
                    + " static Fault missing() { return new Fault(); } }",
                """
                package shop;
                class Names {
                  Repo repo;
                  long name(long id) { return repo.find(id).orElseThrow(Fault::missing).id(); }
                }
                """,
                LOOKUP)
            .answers(Situation.ABSENT, "repo.find(id)", "Item");

    assertThat(answers.get(0).text()).isEqualTo("Fault.missing()");
  }

  @Test
  void aSupplierWithABlockIsAPrecedent() {
    List<Answer> answers =
        CodeBase.of(
                STORE,
                "package shop; class NoItem extends RuntimeException { NoItem(long id) {} }",
                """
                package shop;
                class Names {
                  Repo repo;
                  long name(long id) {
                    return repo.find(id).orElseThrow(() -> {
                      log.warn("none");
                      return new NoItem(id);
                    }).id();
                  }
                }
                """,
                LOOKUP)
            .answers(Situation.ABSENT, "repo.find(id)", "Item");

    assertThat(answers.get(0).text()).isEqualTo("new NoItem(id)");
  }

  @Test
  void aResponsePutInsteadIsAlsoReturned() {
    List<Answer> answers =
        CodeBase.of(
                STORE,
                """
                package shop;
                class Cards {
                  Repo repo;
                  ResponseEntity<Item> card(long id) {
                    return repo.find(id).map(ResponseEntity::ok)
                        .orElse(ResponseEntity.notFound().build());
                  }
                }
                """,
                """
                package shop;
                import org.springframework.web.bind.annotation.GetMapping;
                class Totals {
                  Items items;
                  ResponseEntity<Long> total(long id) { return ResponseEntity.ok(items.item(id).id()); }
                }
                class Items { Item item(long id) { return null; } }
                """)
            .answers(Situation.ABSENT, "items.item(id)", "ResponseEntity<Long>");

    assertThat(answers)
        .anyMatch(
            a ->
                a.kind() == Answer.Kind.RETURN
                    && a.text().equals("ResponseEntity.notFound().build()"));
  }

  @Test
  void aFunctionThatTestsATextIsAboutTheText() {
    List<Answer> answers =
        CodeBase.of(
                """
                package shop;
                class Names {
                  String first(Request request) {
                    if (StringUtils.isBlank(request.name())) {
                      throw new Refused("name is required");
                    }
                    return request.name();
                  }
                  String last(Request request) { return request.mail().strip(); }
                }
                record Request(String name, String mail) {}
                class Refused extends RuntimeException { Refused(String m) { super(m); } }
                """)
            .answers(Situation.ABSENT, "request.mail()", "String");

    assertThat(answers.get(0).text()).isEqualTo("new Refused(\"mail is required\")");
  }

  private static List<String> texts(List<Answer> answers) {
    return answers.stream().map(Answer::text).toList();
  }
}
