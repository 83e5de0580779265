package dev.fettle.agent.heal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "'12 items',12",
    "' -7',-7",
    "$3.50,3",
    "abc,''",
    "'',''",
    "+1e9,+1",
    "'1,200',1200",
    "'1,20',1",
    "1'200'000 kr,1200000",
    "'12,345,6',12",
    "'10 200',10"
  })
  void findsTheWholeNumberThatATextBeginsWith(String text, String number) {
    assertThat(NumberPrefix.of(text, false)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"$3.50,3.50", "'1,234.50 EUR',1234.50", "3.,3", ".5,''"})
  void findsTheDecimalNumberThatATextBeginsWith(String text, String number) {
    assertThat(NumberPrefix.of(text, true)).isEqualTo(number);
  }
}
