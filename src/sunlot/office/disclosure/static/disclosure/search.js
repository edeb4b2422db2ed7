// The search of the written site: the same pairs and the same comparison as likeness.py, from the files below search/. Works from file://.
(function () {
  'use strict';
  var AT_MOST = 20, COMPARED = 200, ERROR = 10, HOMOPHONE = 4, MOST = 30;
  var NOISE = ' \u3000·.-_()（）[]【】《》“”"\'，,。、', LOOKS = { O: '0', I: '1', Z: '2', S: '5', V: 'U' };
  var form = document.getElementById('search'), found = document.getElementById('found'), field = document.getElementById('q');
  var files = new URL('.', new URL(form.dataset.files, location.href));
  var about = null, variants = {}, sounds = {}, firms = [], grams = {}, loading = {}, asked = 0;

  window.sunlotSearch = {
    about: function (facts) { about = facts; },
    hanzi: function (table) {
      var pairs = Array.from(table.variants), syllable;
      for (var at = 0; at < pairs.length; at += 2) variants[pairs[at]] = pairs[at + 1];
      for (syllable in table.pinyin) Array.from(table.pinyin[syllable]).forEach(function (letter) { sounds[letter] = syllable; });
    },
    names: function (start, rows) { rows.forEach(function (row, at) { firms[start + at] = row; }); },
    grams: function (number, told) {
      for (var gram in told) {
        var place = 0;
        grams[gram] = told[gram].map(function (step) { return place += step; });
      }
    },
  };

  function load(name) {
    if (!loading[name]) loading[name] = new Promise(function (resolve, reject) {
      var script = document.createElement('script');
      script.src = new URL(name, files).href;
      script.onload = resolve;
      script.onerror = function () { delete loading[name]; reject(new Error(name)); };
      document.head.append(script);
    });
    return loading[name];
  }

  function plain(text) {
    return Array.from(text.normalize('NFKC').toUpperCase()).filter(function (letter) { return NOISE.indexOf(letter) < 0; })
      .map(function (letter) { return variants[letter] || letter; }).slice(0, 80);
  }
  function asCode(letters) { return letters.map(function (letter) { return LOOKS[letter] || letter; }); }
  function sound(letter) { return sounds[letter] || letter; }
  function once(list) { return Array.from(new Set(list)); }

  function nameGrams(letters) {
    var heard = letters.map(sound), pairs = [];
    [1, 2].forEach(function (gap) {
      for (var at = 0; at + gap < heard.length; at++) pairs.push([heard[at], heard[at + gap]].sort().join(' '));
    });
    return once(pairs);
  }
  function codeGrams(letters) {
    var runs = [];
    for (var at = 0; at + 2 < letters.length; at++) runs.push('#' + letters.slice(at, at + 3).join(''));
    return once(runs);
  }
  function hashed(text) {
    return Array.from(text).reduce(function (known, letter) { return (known * 31 + letter.codePointAt(0)) % 2147483647; }, 7);
  }

  function cost(wanted, text) {
    var before = [], row = new Array(text.length + 1).fill(0), meant = wanted.map(sound), heard = text.map(sound);
    wanted.forEach(function (letter, at) {
      var last = row, beforeLast = before;
      before = row;
      row = [last[0] + ERROR];
      text.forEach(function (other, place) {
        var best = last[place];
        if (letter !== other) {
          best = Math.min(best + (meant[at] === heard[place] ? HOMOPHONE : ERROR), last[place + 1] + ERROR, row[place] + ERROR);
          if (at && place && letter === text[place - 1] && wanted[at - 1] === other) best = Math.min(best, beforeLast[place - 1] + ERROR);
        }
        row.push(best);
      });
    });
    return Math.min.apply(null, row);
  }

  // Those that share most pairs, with all that the comparison needs; null when every pair is too common to help.
  function sharing(wanted) {
    return Promise.all(once(wanted.map(function (gram) { return hashed(gram) % about.shards; })).map(function (number) { return load('grams/' + number + '.js'); })).then(function () {
      var counts = new Map(), known = wanted.filter(function (gram) { return grams[gram]; });
      known.forEach(function (gram) { grams[gram].forEach(function (at) { counts.set(at, (counts.get(at) || 0) + 1); }); });
      var most = Array.from(counts).sort(function (one, other) { return other[1] - one[1] || one[0] - other[0]; }).slice(0, COMPARED).map(function (pair) { return pair[0]; });
      return Promise.all(once(most.map(function (at) { return Math.floor(at / about.block); })).map(function (number) { return load('names/' + number + '.js'); })).then(function () { return most; });
    });
  }

  // What was typed without a fault comes alone.
  function near(places, wanted, column, allowed) {
    var found = places.map(function (at) { return { at: at, cost: cost(wanted, plain(firms[at][column])), size: firms[at][1].length }; })
      .filter(function (one) { return one.cost <= Math.min(allowed, MOST); })
      .sort(function (one, other) { return one.cost - other.cost || one.size - other.size || one.at - other.at; });
    return found.filter(function (one) { return found[0].cost || !one.cost; })
      .map(function (one) { return one.at; });
  }

  function search(typed) {
    var wanted = plain(typed), code = asCode(wanted), byName, byCode = Promise.resolve([]);
    if (code.length > 2 && /^[0-9A-Z]+$/.test(code.join(''))) {
      byCode = sharing(codeGrams(code)).then(function (places) { return near(places, code, 0, code.length > 5 ? Math.floor(ERROR * code.length / 5) : 0); });
    }
    byName = function () {
      return sharing(nameGrams(wanted)).then(function (places) { return near(places, wanted, 1, Math.floor(ERROR * wanted.length / 3)); });
    };
    return byCode.then(function (places) { return places.length ? places : byName(); });
  }

  function show(places) {
    var list = document.createElement('ul');
    places.slice(0, AT_MOST).forEach(function (at) {
      var item = document.createElement('li'), link = document.createElement('a'), soft = document.createElement('span');
      link.href = new URL(firms[at][0] + '/index.html', new URL(form.dataset.firms, location.href)).href;
      link.textContent = firms[at][1];
      soft.className = 'soft';
      soft.textContent = ' ' + firms[at][0] + ' ' + firms[at][2];
      item.append(link, soft);
      list.append(item);
    });
    found.replaceChildren(list);
  }
  function say(what) { found.textContent = form.dataset[what]; }

  form.hidden = false;
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var mine = ++asked;
    Promise.all([load('about.js'), load('hanzi.js')]).then(function () {
      return plain(field.value).length < 2 ? null : search(field.value);
    }).then(function (places) {
      if (mine !== asked) return;
      if (!places) say('short');
      else if (places.length) show(places);
      else say('none');
    }, function () { if (mine === asked) say('failed'); });
  });
})();
