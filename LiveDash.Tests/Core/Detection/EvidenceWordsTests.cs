using LiveDash.Core.Detection;

namespace LiveDash.Tests.Core.Detection;

/// <summary>Each evidence in words, with its unit.</summary>
public sealed class EvidenceWordsTests
{
    private static readonly TimeSpan s_bar = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(EvidenceKind.Novelty, 40, 12, 18, "", "seen lately 12 to 18, got 40")]
    [InlineData(EvidenceKind.Novelty, 40, 12, 18, "°C", "seen lately 12 to 18 °C, got 40 °C")]
    [InlineData(EvidenceKind.Novelty, 4, 12, 18, "ms", "seen lately 12 to 18 ms, got 4 ms")]
    [InlineData(EvidenceKind.Novelty, 15, 12, 18, "%", "nothing seen lately between 12 and 18 %, got 15 %")]
    [InlineData(EvidenceKind.Novelty, 41_000_000, 900_000, 12_000_000, "bytes/s", "seen lately 900,000 to 12,000,000 bytes/s, got 41,000,000 bytes/s")]
    [InlineData(EvidenceKind.Novelty, 41_000, 120, 1_800, "ms", "seen lately 120 to 1800 ms, got 41,000 ms")]
    [InlineData(EvidenceKind.Novelty, 41_000, 120, 1_800, "", "seen lately 120 to 1800, got 41,000")]
    [InlineData(EvidenceKind.Unchanged, 17, 2.4, 2.4, "°C", "unchanged for 85 min, longest before 12 min")]
    [InlineData(EvidenceKind.Unchanged, 600, 36, 36, "", "unchanged for 2 d, longest before 3 h")]
    [InlineData(EvidenceKind.Noisy, 6, 2, 2, "ms", "noise tripled")]
    [InlineData(EvidenceKind.Noisy, 4, 2, 2, "", "noise doubled")]
    [InlineData(EvidenceKind.Noisy, 3, 0.75, 0.75, "", "noise quadrupled")]
    [InlineData(EvidenceKind.Noisy, 2.8, 2, 2, "", "noise grew to 140 % of the usual")]
    [InlineData(EvidenceKind.Noisy, 30, 2, 2, "", "noise grew to 15 times the usual")]
    [InlineData(EvidenceKind.Quiet, 0.5, 2, 2, "", "noise fell to 25 % of the usual")]
    [InlineData(EvidenceKind.Quiet, 0, 2, 2, "", "does not move any more")]
    [InlineData(EvidenceKind.Hour, 40, 12, 12, "°C", "not at this hour: usually about 12 °C, got 40 °C")]
    [InlineData(EvidenceKind.Cycle, 40, 12, 70, "", "not at this point of its cycle of 6 h: usually about 12, got 40")]
    [InlineData(EvidenceKind.Level, 7, 2, 2, "V", "away from what is usual at this hour by 7 V, usually by 2 V")]
    [InlineData(EvidenceKind.Jump, 7, 2, 2, "V", "a step of 7 V, usually 2 V")]
    [InlineData(EvidenceKind.None, 0, 0, 0, "V", "")]
    public void Say_Evidence_IsOneClauseWithItsUnit(EvidenceKind kind, double now, double low, double high, string unit, string words) =>
        Assert.Equal(words, EvidenceWords.Say(new Evidence(kind, 1, now, low, high), s_bar, unit));

    [Fact]
    public void Say_OfACounter_SaysThatItsRateIsMeant() =>
        Assert.Equal("its rate a second: seen lately 1 to 2 B, got 5 B", EvidenceWords.Say(new Evidence(EvidenceKind.Novelty, 1, 5, 1, 2), s_bar, "B", isCounter: true));
}
