using LiveDash.Tests.Shared.Steps;

namespace LiveDash.Tests.Regressions;

/// <summary>
/// Whatever reads what others wrote takes at most twice as much for twice as much: texts of a rule took fifteen seconds, and points of one long name as many looks at it as there were points. Steps are counted, and bytes allocated,
/// never the time. Shapes are bounded in corners besides, since pairs of sides are looked at.
/// </summary>
public sealed class LinearParserTests
{
    // What does not grow, such as what a reader holds, is within these.
    private const long FewSteps = 20_000, FewBytes = 1_000_000;

    private static readonly Func<string, int, long[]> s_measure = CountedCode.Method<Func<string, int, long[]>>(typeof(ParserReaders), nameof(ParserReaders.Measure));

    public static TheoryData<string> Subjects => [.. ParserSubjects.All.Keys];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Read_TwiceAsMuch_TakesTwiceTheStepsAtMost(string subject)
    {
        var length = ParserSubjects.All[subject].Length;
        var (once, twice) = (s_measure(subject, length), s_measure(subject, 2 * length));

        Assert.True(twice[0] <= (2.2 * once[0]) + FewSteps, $"{subject}: {once[0]:N0} steps, and {twice[0]:N0} for twice as much.");
        Assert.True(twice[1] <= (2.5 * once[1]) + FewBytes, $"{subject}: {once[1]:N0} bytes, and {twice[1]:N0} for twice as much.");
        // That they are counted at all.
        Assert.True(once[0] > 0);
    }

    [Fact]
    public void Read_EveryReader_IsAskedAtLeastOnce() =>
        Assert.Equal(
            ParserReaders.Texts.Keys.Concat(ParserReaders.Bodies.Keys).Order(StringComparer.Ordinal),
            ParserSubjects.All.Values.Select(static one => one.Reader).Distinct().Order(StringComparer.Ordinal));
}
