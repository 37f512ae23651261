package dev.midstream.seam;

import java.util.List;
import java.util.stream.Stream;

/** The words by which openers are known, in small letters. */
final class Phrases {

    private Phrases() {}

    /**
     * Words that come before the answer, at the beginning of a sentence; a line or more a language.
     */
    static final List<String> PREAMBLES =
            split(
                    """
            sure; certainly; of course; absolutely; okay; ok; alright; all right; great;
            got it; understood; no problem; yes; right; hello; hi; hey; continuing;
            continuation; continued; to continue; let me continue; let's continue;
            let me pick up; i'll continue; i will continue; i'll pick up; i'll carry on;
            i can continue; here is the rest; here's the rest; here is the continuation;
            here's the continuation; here is the remainder; here's the remainder;
            here is where; here's where; here we go; picking up; resuming; carrying on;
            going on from; as requested; as you requested; it looks like; it seems;
            you left off; the last words; my reply was; my response was; thanks; thank you;
            happy to; (continued; [continued; (continuing; [continuing; ...continued;
            …continued; <continu;
            natürlich; selbstverständlich; klar; gerne; gern; sicher;
            hier ist die fortsetzung; hier ist der rest; hier geht es weiter; fortsetzung;
            weiter geht;
            bien sûr; certainement; d'accord; voici la suite; je continue; je reprends;
            suite :; (suite;
            claro; por supuesto; desde luego; aquí está; aquí tienes; continúo;
            continuando; continuación; sigo;
            com certeza; aqui está; continuo; continuação;
            certo; certamente; ecco; continuo; continuazione;
            natuurlijk; zeker; hier is het vervolg; vervolg; självklart; visst;
            selvfølgelig; fortsättning; fortsættelse; fortsettelse; toki; tässä jatko;
            jatko;
            конечно; разумеется; продолжаю; продолжение; вот продолжение; звичайно;
            продовжую; oczywiście; kontynuuję; jasne; samozřejmě; jistě; pokračuji;
            tabii; elbette; devam ediyorum; tentu; baik; lanjutan; chắc chắn; tất nhiên;
            ज़रूर; बिल्कुल; بالتأكيد; بالطبع; حسنًا; متابعة;
            好的; 当然; 當然; 继续; 繼續; 接着; 接續; 以下是; 没问题; もちろん; はい; 承知; 続き; 以下; かしこまりました; 물론; 네,;
            알겠습니다; 계속; 이어서;
            """);

    /** Apologies, which may be all or may be followed by the answer. */
    static final List<String> APOLOGIES =
            split(
                    """
            i'm sorry; i am sorry; sorry; i apologize; i apologise; my apologies;
            apologies; unfortunately, i; i don't see; i do not see; i don't have;
            es tut mir leid; tut mir leid; entschuldigung; leider kann ich; je suis désolé;
            désolé; lo siento; desculpe; sinto muito; mi dispiace; het spijt me;
            jag är ledsen; beklager; undskyld; извините; простите; przepraszam;
            omlouvám se; üzgünüm; maaf; xin lỗi; क्षमा करें; عذرًا; آسف; 抱歉; 对不起; 對不起; 很抱歉;
            申し訳; すみません; 죄송;
            """);

    /** What is never followed by the answer. */
    static final List<String> REFUSALS =
            split(
                    """
            i'm sorry, but i can; i'm sorry, but i'm; i'm sorry, i can;
            i am sorry, but i can; sorry, but i can; sorry, i can; i apologize, but i can;
            i apologise, but i can; i can't help; i can't assist; i can't continue;
            i can't provide; i can't comply; i can't fulfill; i can't do that;
            i cannot help; i cannot assist; i cannot continue; i cannot provide;
            i cannot comply; i cannot fulfill; i won't continue; i won't help;
            i'm unable to; i am unable to; i'm not able to; i am not able to;
            i must decline; as an ai; as a language model; as a large language model;
            als ki; ich kann das nicht; ich kann dabei nicht; en tant qu'ia;
            je ne peux pas vous aider; no puedo ayudar; no puedo continuar; como ia;
            não posso ajudar; não posso continuar; non posso aiutar; non posso continuare;
            я не могу помочь; я не могу продолжить; к сожалению, я не могу; 作为一个ai; 作为ai;
            作为一个人工智能; 我无法; 我不能;
            """);

    /** Words that show that a fresh turn talks about the answer instead of going on with it. */
    static final List<String> ABOUT_ITSELF =
            split(
                    """
            continuation; continuing from; continuing where; continuing:; continue from;
            continue where; 'll continue; will continue; me continue; can continue;
            left off; cut off; interrupted; the rest of; pick up; picking up; resuming;
            help you; assist you; here is the; here's the; here is a; here's a;
            here you go; fortsetz; weitermachen; wo ich; voici; la suite; je continue;
            je reprends; aquí; continúo; aqui está; ecco; hier is; продолж; continued; 继续;
            繼續; 续写; 以下是; 続き; 계속; 이어서;
            """);

    /** Words of which one is in a sentence about going on. */
    static final List<String> GOING_ON =
            split(
                    """
            contin; rest; remain; left off; cut off; interrupt; stopped; here we go; resum;
            pick; carry; go on; going on; as requested; you asked; weiter; fortsetz;
            unterbrech; suite; reprend; sigo; siguiente; jatk; fortsæt; fortset; fortsätt;
            vervolg; ga verder; продолж; kontynu; pokrač; devam; lanjut; tiếp; आगे; متابعة;
            أكمل; 继续; 繼續; 接着; 续; 続; 계속; 이어;
            """);

    private static List<String> split(String phrases) {
        return Stream.of(phrases.split(";"))
                .map(String::strip)
                .filter(phrase -> !phrase.isEmpty())
                .toList();
    }
}
