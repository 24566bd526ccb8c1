using Bunit;
using Bunit.TestDoubles;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Shell;

public sealed class ViewTimeTests : BunitContext
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTime _clock = new(s_now);

    [Fact]
    public void Range_OfTheAddress_IsReadWithoutAnEvent()
    {
        Navigation.NavigateTo("/d/a?last=1h");

        Assert.Equal(ViewRange.Live(TimeSpan.FromHours(1)), Make().Range);
    }

    [Fact]
    public void Show_AnotherRange_IsInTheAddressAndTold()
    {
        Navigation.NavigateTo("/d/a?tz=UTC");
        var time = Make();
        var told = 0;
        time.Changed += () => told++;

        time.Show(ViewRange.Live(TimeSpan.FromMinutes(15)));

        Assert.EndsWith("/d/a?tz=UTC&last=15m", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(1, told);
        time.BackToLive();
        Assert.Equal(TimeSpan.FromMinutes(15), time.Range.Span);
    }

    [Fact]
    public void Step_BackAndForward_MovesByWholeRangesAndEndsLive()
    {
        var time = Make();
        Assert.False(time.CanStepForward);

        time.Step(-1);
        Assert.Equal(ViewRange.Between(s_now.AddMinutes(-10), s_now.AddMinutes(-5)), time.Range);
        Assert.True(time.CanStepForward);
        time.Step(-1);
        Assert.Equal(ViewRange.Between(s_now.AddMinutes(-15), s_now.AddMinutes(-10)), time.Range);
        time.Step(1);
        time.Step(1);

        Assert.True(time.Range.IsLive);
        Assert.Equal(TimeSpan.FromMinutes(5), time.Range.Span);
    }

    [Fact]
    public void Pause_ThenAnotherRange_LetsGo()
    {
        var time = Make();
        time.Pause(true);
        Assert.False(time.IsFollowing);

        time.Show(ViewRange.Live(TimeSpan.FromHours(6)));

        Assert.True(time.IsFollowing);
    }

    private BunitNavigationManager Navigation => (BunitNavigationManager)Services.GetRequiredService<NavigationManager>();

    private ViewTime Make() => new(Navigation, _clock);
}
