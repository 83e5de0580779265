package dev.fettle.source.reproduce;

import static dev.fettle.contract.model.TestDraft.Rung.CALLER;
import static dev.fettle.contract.model.TestDraft.Rung.STUBBED_BEAN;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collaborator did not find: an empty Optional, no element, one column of several. */
class LookupReproductionTest {
  @TempDir Path directory;

  @Test
  void answersNothingWhereAnOptionalWasUnwrappedToNull() {
    Scenario.in(directory)
        .source("public record Pet(String name) {}")
        .source(
            """
            public interface Crud<T, ID> {
              java.util.Optional<T> findById(ID id);
              <S extends T> S save(S entity);
            }
            """)
        .source("public interface Pets extends Crud<Pet, Long> {}")
        .source(
            """
            public class Desk {
              private final Pets pets;
              public Desk(Pets pets) { this.pets = pets; }
              String nameOf(long id) {
                Pet pet = pets.findById(id).orElse(null);
                return pet.name();
              }
            }
            """)
        .fails(
            """
            new Desk(new Pets() {
              public java.util.Optional<Pet> findById(Long id) { return java.util.Optional.empty(); }
              public <S extends Pet> S save(S entity) { return entity; }
            }).nameOf(4);
            """)
        .reproducedBy(STUBBED_BEAN)
        .passesWith("return pet.", "return pet == null ? \"\" : pet.");
  }

  @Test
  void makesTheListThatThrowsInItsOwnWayWhenEmpty() {
    Scenario.in(directory)
        .source("public interface Visits { java.util.List<String> of(long pet); }")
        .source(
            """
            public class Book {
              private final Visits visits;
              public Book(Visits visits) { this.visits = visits; }
              String last(long pet) { return visits.of(pet).get(0); }
            }
            """)
        .fails("new Book(pet -> java.util.List.of()).last(4);")
        .reproducedBy(STUBBED_BEAN)
        .passesWith(
            "return visits.of(pet).get(0);",
            "var all = visits.of(pet); return all.isEmpty() ? \"\" : all.get(0);");
  }

  @Test
  void tellsTheColumnsOfARowApart() {
    Scenario.in(directory)
        .with("spring", "commons-logging", "jakarta", "jackson")
        .source(
            """
            import java.sql.*; import java.time.LocalDate; import java.util.*;
            import org.springframework.jdbc.core.JdbcTemplate;
            public class Parcels {
              private final JdbcTemplate jdbc;
              public Parcels(JdbcTemplate jdbc) { this.jdbc = jdbc; }
              public List<LocalDate> arrivals() {
                return jdbc.query("select * from parcel", (row, number) -> {
                  LocalDate sent = row.getDate("sent").toLocalDate();
                  LocalDate due = row.getDate("due").toLocalDate();
                  return due.isBefore(sent) ? sent : due;
                });
              }
            }
            """)
        .fails(
            """
            java.sql.ResultSet row = (java.sql.ResultSet) java.lang.reflect.Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {java.sql.ResultSet.class},
                (p, m, a) -> "sent".equals(a[0]) ? java.sql.Date.valueOf("2024-05-06") : null);
            new Parcels(new org.springframework.jdbc.core.JdbcTemplate() {
              public <T> List<T> query(String sql, org.springframework.jdbc.core.RowMapper<T> m) {
                try { return List.of(m.mapRow(row, 0)); }
                catch (java.sql.SQLException e) { throw new IllegalStateException(e); }
              }
            }).arrivals();
            """)
        .reproducedBy(CALLER)
        .passesWith("row.getDate(\"due\").toLocalDate()", "sent");
  }
}
