using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Tests.Web.ViewModels;

public sealed class KeptAddressTests
{
    [Fact]
    public void Keep_AgainBeforeTheBrowserAnswers_LosesNothing()
    {
        var browser = new LateBrowser("http://here/audit");

        browser.Keep(("who", "ann"));
        browser.Keep(("action", "sign"));
        Assert.Equal("http://here/audit", browser.Uri);
        browser.Answer();

        Assert.Equal("http://here/audit?who=ann&action=sign", browser.Uri);
    }

    [Fact]
    public void Keep_OnAnotherPage_BeginsAtThatPagesAddress()
    {
        var browser = new LateBrowser("http://here/audit");
        browser.Keep(("who", "ann"));
        browser.Follow("http://here/windows?q=cpu");

        browser.Keep(("show", "cpu.*"));
        browser.Answer();

        Assert.Equal("http://here/windows?q=cpu&show=cpu.%2A", browser.Uri);
    }

    [Fact]
    public void Keep_WhatStandsThereAlready_AsksForNothing()
    {
        var browser = new LateBrowser("http://here/audit?who=ann");
        browser.Keep(("who", "ann"), ("action", " "));
        Assert.Null(browser.Asked);
    }

    // Tells where it is only when it is told to, as a browser at the end of a slow line does.
    private sealed class LateBrowser : NavigationManager
    {
        public LateBrowser(string uri) => Initialize("http://here/", uri);

        public string? Asked { get; private set; }

        public void Answer() => Follow(Asked!);

        public void Follow(string uri)
        {
            Uri = uri;
            NotifyLocationChanged(isInterceptedLink: false);
        }

        protected override void NavigateToCore(string uri, NavigationOptions options) => Asked = uri;
    }
}
