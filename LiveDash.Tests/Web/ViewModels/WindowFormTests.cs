using LiveDash.Core.Windows;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class WindowFormTests
{
    [Theory]
    [InlineData("500")]
    [InlineData("5m")]
    [InlineData("90s")]
    [InlineData("250ms")]
    [InlineData("tumbling 1m")]
    [InlineData("hopping 5m/30s")]
    [InlineData("session 30s")]
    [InlineData("2d")]
    public void From_EveryKind_WritesTheSameWindowAgain(string text) =>
        Assert.Equal(WindowSpec.Parse(text), WindowSpec.Parse(WindowForm.From(text).ToText()));

    [Fact]
    public void With_EveryKindFromEveryOther_MakesAWindow()
    {
        foreach (var (from, _) in WindowForm.Kinds)
        {
            foreach (var (to, _) in WindowForm.Kinds)
            {
                var form = WindowForm.From("500").With(from).With(to);
                Assert.True(WindowSpec.TryParse(form.ToText(), out var spec, out var error), $"{from} to {to}: {form.ToText()}: {error}");
                Assert.Equal(to, spec.Kind);
            }
        }
    }

    [Fact]
    public void ToText_NumberThatIsNone_IsLeftForTheReaderToName()
    {
        var form = WindowForm.From("5m") with { Size = "five" };

        Assert.False(WindowSpec.TryParse(form.ToText(), out _, out var error));
        Assert.NotEmpty(error);
    }
}
