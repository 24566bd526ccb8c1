using Bunit;
using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Web.Components;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Security;

/// <summary>Events of components, which whoever has a circuit can send, with and without a button.</summary>
public sealed class ComponentAccessTests : AlertComponentContext
{
    [Fact]
    public void Handlers_ThatChangeSomething_AllAskForARole() => Assert.True(ComponentGuards.Unguarded().Count == 0, string.Join('\n', ComponentGuards.Unguarded()));

    [Fact]
    public void Calls_ThatAreSaidToChangeNothing_AreMadeByAComponent() => Assert.Empty(ComponentReads.Listed.Except(ComponentGuards.Calls()));

    [Fact]
    public void Guards_Found_AreMany() => Assert.True(ComponentGuards.All().Count >= 20, $"{ComponentGuards.All().Count} guards were found: the reading of sources is broken.");

    [Theory]
    [InlineData(AccountRole.Viewer, false)]
    [InlineData(AccountRole.Operator, true)]
    [InlineData(AccountRole.Editor, true)]
    public void Silence_ByRole_IsMadeByAnOperatorAtLeast(AccountRole role, bool isMade)
    {
        var visitor = Visitors.Of(role);
        var denied = new List<AccountRole>();
        visitor.Denied += denied.Add;
        var desk = new AlertDesk(Harness.Book, Harness.Time, visitor);

        var silence = desk.Silence("hot", null, new SilenceChoice(TimeSpan.FromHours(1), ""));

        Assert.Equal(isMade, silence is not null);
        Assert.Equal(isMade ? 1 : 0, Harness.Book.Silences().Count());
        Assert.Equal(isMade ? [] : [AccountRole.Operator], denied);
        Assert.Equal("ada", desk.Person);
    }

    [Fact]
    public void Visitor_OfAServerThatAsksNobody_MayEverythingWithoutAName()
    {
        var anybody = Visitors.Anybody;

        Assert.False(anybody.Refuses(AccountRole.Administrator));
        Assert.Null(anybody.Name);
    }
}
