using LiveDash.Core.Query.Parsing;
using LiveDash.Core.Rules;

namespace LiveDash.Tests.Regressions;

/// <summary>Thousands of blanks in a rule's text took seconds, and four times as long for twice as many. What is looked at is counted here, not the time.</summary>
public sealed class LinearRuleTextTests
{
    private const int Half = RuleExpression.MaxLength / 3;

    [Theory]
    [InlineData("", " ", "mean(cpu.load, 30s) > 80 for 10s")]
    [InlineData("mean(cpu.load,", " ", "30s) > 80")]
    [InlineData("mean(cpu.load, 30s)", " ", "> 80 for 10s")]
    [InlineData("mean(cpu.load, 30s) > 80", "\t", "and mean(disk.used, 30s) > 90")]
    [InlineData("mean(cpu.load, 30s) > 80", " ", "!")]
    [InlineData("mean(", "x", ", 30s) > 80")]
    [InlineData("mean(cpu.load{host=\"", "\\a", "\"}, 30s) > 80")]
    [InlineData("mean(cpu.load, ", "9", "s) > 80")]
    [InlineData("state(pump) == \"", "a", "\"")]
    [InlineData("", "(", "mean(cpu.load, 30s) > 80")]
    [InlineData("", "not ", "mean(cpu.load, 30s) > 80")]
    [InlineData("", "mean", "")]
    [InlineData("mean(cpu.load, 30s) > 80 ", "critical 9 ", "")]
    public void Parse_TwiceTheText_LooksAtTwiceAsMuchAtMost(string before, string repeated, string after)
    {
        var (once, twice) = (Steps(Text(Half)), Steps(Text(2 * Half)));

        // What stands around the repeated part is looked at either way.
        Assert.InRange(twice, 0, (2 * once) + 100);
        Assert.InRange(twice, 0, 4 * RuleExpression.MaxLength);

        string Text(int length) => before + string.Concat(Enumerable.Repeat(repeated, length / repeated.Length)) + after;
    }

    private static int Steps(string text)
    {
        Assert.InRange(text.Length, 1, RuleExpression.MaxLength);
        var reader = new RuleTextReader(text);
        try
        {
            reader.Read();
        }
        catch (Stop)
        {
            // Said to be wrong, in as many steps as it takes to see that.
        }

        return reader.Steps;
    }
}
