using System.Text.RegularExpressions;
using LiveDash.Tests.Architecture;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class StateColorTests
{
    [Fact]
    public void Words_OfThePageWithoutAScript_AreThoseOfTheScript()
    {
        var script = File.ReadAllText(Path.Combine(SourceTree.Root, "LiveDash.Web", "wwwroot", "js", "states.js"));

        foreach (var (name, words) in new[] { ("good", StateColor.Good), ("bad", StateColor.Bad), ("between", StateColor.Between) })
        {
            Assert.Equal(Regex.Match(script, $"const {name} = /\\^\\((.*)\\)\\$/i;").Groups[1].Value, words);
        }
    }

    [Theory]
    [InlineData("Running", "--ok")]
    [InlineData("stopped", "--crit")]
    [InlineData("Paused", "--warn")]
    // As node says of stateColor in js/states.js.
    [InlineData("a", "--chart-2")]
    [InlineData("b", "--chart-3")]
    [InlineData("ab", "--chart-2")]
    public void Of_AWord_IsWhatItSaysOrOneOfThePalette(string word, string token) => Assert.Equal(token, StateColor.Of(word));
}
