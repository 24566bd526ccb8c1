using LiveDash.Core.Live;
using LiveDash.Core.Model;

namespace LiveDash.Tests.Core.Live;

public sealed class LineNamesTests
{
    [Fact]
    public void Of_OneTagDiffers_SaysTheOthersOnce()
    {
        var names = Of("web.latency{host=web-1,region=eu}", "web.latency{host=web-2,region=eu}");

        Assert.Equal(("web.latency, region=eu", "host"), (names.Head, names.Key));
        Assert.Equal(["web-1", "web-2"], names.Labels);
    }

    [Fact]
    public void Of_TwoTagsDiffer_NamesThem() =>
        Assert.Equal(["host=a if=eth0", "host=b if=eth1", "host=a if=eth1"], Of("net{host=a,if=eth0}", "net{host=b,if=eth1}", "net{host=a,if=eth1}").Labels);

    [Fact]
    public void Of_OtherNames_KeepsThem()
    {
        var names = Of("cpu.usage", "cpu.mode{mode=user}");

        Assert.Equal(("", "series"), (names.Head, names.Key));
        Assert.Equal(["cpu.usage", "cpu.mode user"], names.Labels);
    }

    [Fact]
    public void Of_OneLine_IsItsText() => Assert.Equal(["cpu{host=a}"], Of("cpu{host=a}").Labels);

    [Fact]
    public void Of_TagMissingInOne_NamesThatOneByItsName() => Assert.Equal(["cpu", "a"], Of("cpu", "cpu{host=a}").Labels);

    private static LineNames Of(params string[] texts) => LineNames.Of([.. texts.Select(static text => SeriesKey.TryParse(text, out var key) ? key! : throw new FormatException(text))]);
}
