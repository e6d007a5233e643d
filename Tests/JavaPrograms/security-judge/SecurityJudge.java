import java.io.*;
import java.util.*;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Reads security contexts with the JDK's own ObjectInputStream, by classes that have the fields of Spring Security's and the
 * serialVersionUID of one of its versions, and prints who is logged in, one JSON line a file.
 *
 * {@code java -cp OUT SecurityJudge FOLDER UID}
 */
public final class SecurityJudge {
    public static void main(String[] arguments) throws Exception {
        System.setProperty("security.uid", arguments[1]);
        File[] files = new File(arguments[0]).listFiles();
        Arrays.sort(files);
        for (File file : files) System.out.println("{\"says\": \"" + said(file) + "\"}");
    }

    private static String said(File file) {
        try (ObjectInputStream in = new ObjectInputStream(new FileInputStream(file))) {
            UsernamePasswordAuthenticationToken token =
                (UsernamePasswordAuthenticationToken) ((SecurityContextImpl) in.readObject()).authentication;
            if (in.read() != -1) return "more than one object";
            User user = (User) token.principal;
            for (GrantedAuthority authority : token.authorities)
                if (!user.authorities.contains(authority)) return "not in the set: " + authority;
            WebAuthenticationDetails details = (WebAuthenticationDetails) token.details;
            return user.username + " " + token.authorities + " " + user.authorities + " " + token.authenticated + " "
                + token.credentials + " " + user.password + " " + user.accountNonExpired + user.accountNonLocked
                + user.credentialsNonExpired + user.enabled + " "
                + (details == null ? null : details.remoteAddress + " " + details.sessionId);
        } catch (Exception refused) {
            return refused.getClass().getSimpleName();
        }
    }
}
