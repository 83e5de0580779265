package dev.fettle.sandbox;

import java.nio.file.Path;

/** A real Maven project of two modules: Lombok in one, JUnit 5 with Mockito in the other. */
final class Shop {
  static final String PRICES = "app/src/main/java/shop/app/Prices.java";

  private Shop() {}

  static Folder in(Path directory) {
    return new Folder(directory, "5409")
        .with(
            "pom.xml",
            "<project xmlns='http://maven.apache.org/POM/4.0.0'><modelVersion>4.0.0</modelVersion>",
            "<parent><groupId>org.springframework.boot</groupId>",
            "<artifactId>spring-boot-starter-parent</artifactId><version>4.1.1</version><relativePath/></parent>",
            "<groupId>shop</groupId><artifactId>shop</artifactId><version>1</version><packaging>pom</packaging>",
            "<properties><java.version>17</java.version><argLine/></properties>",
            "<modules><module>core</module><module>app</module></modules>",
            "<build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId><configuration>",
            "<argLine>@{argLine} -Dfrom.arg=yes</argLine>",
            "<systemPropertyVariables><shop.mode>test</shop.mode></systemPropertyVariables>",
            "</configuration></plugin></plugins></build>",
            "</project>")
        .with(
            "core/pom.xml",
            "<project xmlns='http://maven.apache.org/POM/4.0.0'><modelVersion>4.0.0</modelVersion>",
            "<parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></parent>",
            "<artifactId>core</artifactId>",
            "<dependencies><dependency><groupId>org.projectlombok</groupId><artifactId>lombok</artifactId>",
            "<optional>true</optional></dependency></dependencies>",
            "<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>",
            "<annotationProcessorPaths><path><groupId>org.projectlombok</groupId><artifactId>lombok</artifactId>",
            "</path></annotationProcessorPaths></configuration></plugin></plugins></build>",
            "</project>")
        .with(
            "core/src/main/java/shop/core/Item.java",
            "package shop.core;",
            "@lombok.Value public class Item {",
            "  String name; Integer cents;",
            "  public String label() { return getName().trim(); }",
            "}")
        .with(
            "app/pom.xml",
            "<project xmlns='http://maven.apache.org/POM/4.0.0'><modelVersion>4.0.0</modelVersion>",
            "<parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></parent>",
            "<artifactId>app</artifactId><dependencies>",
            "<dependency><groupId>shop</groupId><artifactId>core</artifactId><version>1</version></dependency>",
            "<dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><scope>test</scope></dependency>",
            "<dependency><groupId>org.mockito</groupId><artifactId>mockito-core</artifactId><scope>test</scope></dependency>",
            "</dependencies></project>")
        .with(
            PRICES,
            "package shop.app;",
            "import shop.core.Item;",
            "public class Prices {",
            "  public interface Stock { Item find(String name); }",
            "  private final Stock stock;",
            "  public Prices(Stock stock) { this.stock = stock; }",
            "  public int cents(String name) {",
            "    return stock.find(name).getCents();",
            "  }",
            "}")
        .with(
            "app/src/test/java/shop/app/PricesTest.java",
            "package shop.app;",
            "import static org.junit.jupiter.api.Assertions.*;",
            "import org.junit.jupiter.api.Test;",
            "import org.mockito.Mockito;",
            "import shop.core.Item;",
            "class PricesTest {",
            "  @Test void asksTheStock() {",
            "    Prices.Stock stock = Mockito.mock(Prices.Stock.class);",
            "    Mockito.when(stock.find(\"tea\")).thenReturn(new Item(\"tea\", 250));",
            "    assertEquals(250, new Prices(stock).cents(\"tea\"));",
            "  }",
            "  @Test void seesTheSettingsOfTheBuild() {",
            "    assertEquals(\"test\", System.getProperty(\"shop.mode\"));",
            "    assertEquals(\"yes\", System.getProperty(\"from.arg\"));",
            "  }",
            "}")
        .with(
            "app/src/test/java/shop/app/LabelTest.java",
            "package shop.app;",
            "import static org.junit.jupiter.api.Assertions.*;",
            "import org.junit.jupiter.api.Test;",
            "class LabelTest {",
            "  @Test void trims() { assertEquals(\"tea\", new shop.core.Item(\" tea\", 1).label()); }",
            "}");
  }
}
