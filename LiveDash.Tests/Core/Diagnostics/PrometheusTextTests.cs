using LiveDash.Core.Diagnostics;

namespace LiveDash.Tests.Core.Diagnostics;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Sample_Labels_AreEscaped()
    {
        var text = new PrometheusText()
            .Counter("a_total", "What it counts.")
            .Sample(3, ("name", "x\"y\\z\n"), ("kind", "http"))
            .Gauge("b", "What it shows.")
            .Sample(0.5)
            .Sample(double.NaN)
            .Sample(double.PositiveInfinity)
            .ToString();

        Assert.Equal(
            """
            # HELP a_total What it counts.
            # TYPE a_total counter
            a_total{name="x\"y\\z\n",kind="http"} 3
            # HELP b What it shows.
            # TYPE b gauge
            b 0.5
            b NaN
            b +Inf

            """.ReplaceLineEndings("\n"),
            text);
    }
}
